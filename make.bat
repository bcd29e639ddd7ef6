@echo off
rem Every command of this site on Windows: "make preview", "make post TITLE=..." (in PowerShell ".\make preview").
setlocal
cd /d "%~dp0"
set PYTHON=py -3
%PYTHON% -c "" >nul 2>nul || set PYTHON=python
%PYTHON% -c "" >nul 2>nul && goto found
echo The site needs Python 3.11 or newer: please install it from https://www.python.org/downloads/ and run this again.
exit /b 1
:found
%PYTHON% site.py %*
exit /b %errorlevel%
