"""Asking over HTTP: which addresses may be asked, what comes back, and why nothing came."""
