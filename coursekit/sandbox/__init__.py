"""Run one strange Python source in a confined child and call its functions: `host.Sandbox`."""
