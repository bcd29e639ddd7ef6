@echo off
rem A double click shows the site in the browser. Close this window, or press Ctrl-C in it, to end that.
title The preview of your site
call "%~dp0make.bat" preview OPEN=yes
if errorlevel 1 pause
