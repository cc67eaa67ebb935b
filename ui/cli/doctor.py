"""``liaison doctor``: what is configured, what is missing, whether anything could leave."""

import typer

from assistant.types import Check, Health
from ui.cli.options import AsJson
from ui.cli.output import console, print_json
from ui.cli.session import service_of, settings_of

_MARKS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Vérifie l'installation : ce qui est réglé, ce qui manque, ce qui pourrait sortir."""
    from ui.cli.checkup import machine_checks, versions

    settings = settings_of(context)
    machine = machine_checks(settings)
    health = _health(context) if settings.home.exists() else Health(ready=False)
    checks = (*machine, *health.checks)
    ready = health.ready and not any(check.state == "error" for check in checks)
    if as_json:
        print_json({"ready": ready, "checks": checks, "versions": versions()})
    else:
        _show(checks, versions())
    raise typer.Exit(1 if any(check.state == "error" for check in checks) else 0)


def _health(context: typer.Context) -> Health:
    """Ask the service; one that cannot be reached is a finding, not a failure of this command."""
    from assistant.api.errors import describe

    try:
        with service_of(context, "doctor") as service:
            return service.health()
    except Exception as error:  # noqa: BLE001 - the edge: doctor reports whatever prevents the service from working
        body = describe(error)
        return Health(False, (Check("service", "error", body.error, body.hint),))


def _show(checks: tuple[Check, ...], versions: dict[str, str]) -> None:
    out = console()
    for check in checks:
        mark, colour = _MARKS[check.state]
        out.print(f"{mark} {check.name} : {check.detail}", style=colour if check.state != "ok" else None)
        if check.hint:
            out.print(f"    À faire : {check.hint}")
    out.print("Versions : " + ", ".join(f"{name} {version}" for name, version in versions.items()), style="dim")
