"""A line for crontab(5), to be put there by hand: we do not edit what is the person's."""

from __future__ import annotations

import shlex

from paperreader.digest.timers.job import Job


def line(job: Job) -> str:
    """The line; cron takes a bare percent sign for a line break."""
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in job.environment.items())
    return f"{job.at.minute} {job.at.hour} * * * {variables}{shlex.join(job.command)}".replace("%", r"\%")
