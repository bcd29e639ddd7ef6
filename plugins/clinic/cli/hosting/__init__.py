"""Files for the host of clinic.yaml that are not part of the site: settings of servers, and of hosts that build."""
