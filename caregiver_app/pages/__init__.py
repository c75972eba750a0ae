"""Printed pages: plain values in, ink out. One painter serves the printer, the preview and PDF."""
