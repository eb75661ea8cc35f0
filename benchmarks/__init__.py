"""Run by hand, from the project's folder: `python -m benchmarks.start` and so on. They print ratios of one run."""
