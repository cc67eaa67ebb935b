"""``/v1/patients``: who is known; of each one the documents, the summary, the timeline, the measures."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from assistant.api.backend import backend_of
from assistant.api.replies import json_reply
from assistant.overviews import Course, Summary, Timeline
from assistant.types import DocumentCard, DocumentView, PatientCard
from assistant.wire import patient_reference

router = APIRouter(prefix="/v1/patients", tags=["patients"])

Authority = Annotated[str | None, Query(max_length=200, description="assigning authority of the IPP")]


class Patients(BaseModel):
    """Patients found."""

    patients: list[PatientCard]


class Documents(BaseModel):
    """Documents of one patient, newest first."""

    documents: list[DocumentCard]


@router.get("", response_model=Patients)
async def patients(
    request: Request,
    query: Annotated[str, Query(max_length=200, description="name, given name, IPP or birth date")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Response:
    """Search patients."""
    backend = backend_of(request)
    found = await backend.pools.short(backend.service.patients, backend.principal, query, limit)
    return json_reply({"patients": found})


@router.get("/{ipp}", response_model=PatientCard)
async def patient(request: Request, ipp: str, authority: Authority = None) -> Response:
    """Return one patient. `ipp` may be written `IPP@authority`."""
    backend = backend_of(request)
    reference = patient_reference(ipp, authority)
    return json_reply(await backend.pools.short(backend.service.patient, backend.principal, reference))


@router.get("/{ipp}/documents", response_model=Documents)
async def documents(request: Request, ipp: str, authority: Authority = None) -> Response:
    """List the documents of a patient."""
    backend = backend_of(request)
    reference = patient_reference(ipp, authority)
    found = await backend.pools.short(backend.service.documents, backend.principal, reference)
    return json_reply({"documents": found})


@router.get("/{ipp}/documents/{id:path}", response_model=DocumentView)
async def document(request: Request, ipp: str, id: str, authority: Authority = None) -> Response:
    """Open a document of that patient; offsets of citations are code points of its `text`."""
    backend = backend_of(request)
    reference = patient_reference(ipp, authority)
    return json_reply(await backend.pools.short(backend.service.document, backend.principal, reference, id))


@router.get("/{ipp}/summary", response_model=Summary)
async def summary(
    request: Request,
    ipp: str,
    authority: Authority = None,
    specialty: Annotated[str, Query(max_length=60, description="what comes first, such as cardiologie")] = "",
) -> Response:
    """Summarise the record of a patient; a section without statements is one of which the record says nothing."""
    backend = backend_of(request)
    summarise = partial(backend.service.summary, specialty=specialty)
    return json_reply(await backend.pools.short(summarise, backend.principal, patient_reference(ipp, authority)))


@router.get("/{ipp}/timeline", response_model=Timeline)
async def timeline(request: Request, ipp: str, authority: Authority = None) -> Response:
    """Tell what happened to a patient, oldest first."""
    backend = backend_of(request)
    reference = patient_reference(ipp, authority)
    return json_reply(await backend.pools.short(backend.service.timeline, backend.principal, reference))


@router.get("/{ipp}/series", response_model=Course)
async def series(
    request: Request,
    ipp: str,
    authority: Authority = None,
    measure: Annotated[str, Query(max_length=60, description="such as créatinine; none: all with several values")] = "",
) -> Response:
    """Return how measures evolved; each point names the statement and the citation that prove it."""
    backend = backend_of(request)
    evolve = partial(backend.service.series, measure=measure)
    return json_reply(await backend.pools.short(evolve, backend.principal, patient_reference(ipp, authority)))
