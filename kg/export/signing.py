"""Requests signed as AWS wants them (Signature Version 4), for a Neptune with IAM authentication: by botocore's signer.

Keys come from --user and --password, else from where the tools of AWS look for them (environment, profile, role).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx

from kg.errors import ExportError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICE = "neptune-db"
#: `CLUSTER.REGION.neptune.amazonaws.com`
_REGION = re.compile(r"[^/]*\.([a-z]{2}(?:-[a-z]+)+-\d)\.neptune\.")
SIGNED = ("Authorization", "X-Amz-Date", "X-Amz-Security-Token")


class Signature(httpx.Auth):
    """Signs method, address and body of each request."""

    requires_request_body = True

    def __init__(self, url: str, user: str, password: str, token: str) -> None:
        """Find keys and region.

        Args:
            url: The server's; its name may tell the region.
            user: The access key's id; empty, where AWS's own settings have the keys.
            password: The secret key.
            token: The session token of keys that were lent.

        Raises:
            ExportError: botocore is not installed.
            InputError: There are no keys, or no region.
        """
        try:
            from botocore.auth import SigV4Auth  # noqa: PLC0415 - an extra
            from botocore.credentials import Credentials as Keys  # noqa: PLC0415
            from botocore.session import Session  # noqa: PLC0415
        except ImportError as error:
            raise ExportError("--auth sigv4 needs botocore; pip install 'newskg[aws]'") from error
        session: Any = Session()
        found = _REGION.search(url)
        region = found[1] if found else session.get_config_variable("region")
        keys = Keys(user, password, token or None) if user else session.get_credentials()
        if not region or keys is None:
            missing = "AWS_DEFAULT_REGION" if keys is not None else "--user and KG_PUSH_PASSWORD, or a profile of AWS"
            raise InputError(f"{url}: nothing to sign with; set {missing}")
        self._signer: Any = SigV4Auth(keys, SERVICE, region)

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]  # nothing is sent in
        """The request with its signature; one that is sent again is signed again, with the time of then."""
        from botocore.awsrequest import AWSRequest  # noqa: PLC0415 - an extra

        signed: Any = AWSRequest(method=request.method, url=str(request.url), data=request.content)
        self._signer.add_auth(signed)
        for name in SIGNED:
            if name in signed.headers:
                request.headers[name] = signed.headers[name]
        yield request
