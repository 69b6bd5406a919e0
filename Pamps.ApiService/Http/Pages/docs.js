// Swagger UI with the session of its reader. The cookie of the session is out of reach for scripts and good for nothing
// but `POST session`, which gives an access token for a few minutes. It lives in this variable alone: not in storage,
// where it would outlive the page.
"use strict";

(() => {
  // A token that ends while its request travels would be refused.
  const early = 30_000;
  let session = null;
  let asked = null;

  const renew = async () => {
    const answer = await fetch("session", { method: "POST" });
    // 204: nobody is signed in. A failure leaves the reader signed out, who may still read everything.
    if (answer.status !== 200) {
      return null;
    }
    const { access_token: token, expires_in: seconds } = await answer.json();
    return { token, endsAt: Date.now() + seconds * 1000 - early };
  };

  // One exchange at a time, however many operations are tried at once: each one rotates the cookie.
  const current = async () => {
    if (session !== null && session.endsAt > Date.now()) {
      return session;
    }
    asked ??= renew().finally(() => { asked = null; });
    session = await asked.catch(() => null);
    return session;
  };

  const show = (name) => {
    document.querySelector(".session-sign-in").hidden = name !== null;
    document.querySelector(".session-sign-out").hidden = name === null;
    document.querySelector(".session-name").textContent = name ?? "";
  };

  const greet = async () => {
    const answer = await current() && await fetch("/api/v1/me", { headers: { Authorization: `Bearer ${session.token}` } });
    show(answer?.ok ? (await answer.json()).username : null);
  };

  // What the reader entered under "Authorize" goes before the session.
  const isAuthorized = (request) =>
    Object.keys(request.headers).some((name) => ["authorization", "x-api-key"].includes(name.toLowerCase()));

  const sign = async (request) => {
    if (request.loadSpec || isAuthorized(request) || new URL(request.url, location.href).origin !== location.origin) {
      return request;
    }
    const { token } = await current() ?? {};
    if (token !== undefined) {
      request.headers.Authorization = `Bearer ${token}`;
    }
    return request;
  };

  const look = (response) => {
    if (response.status === 401 && session !== null) {
      // The session has ended elsewhere.
      session = null;
      greet();
    }
    return response;
  };

  SwaggerUIBundle({
    dom_id: "#swagger-ui",
    urls: [
      { url: "/openapi.json", name: "Pamps API" },
      { url: "/openapi/older.json", name: "Older APIs" },
    ],
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: "StandaloneLayout",
    deepLinking: true,
    // The default asks a server of strangers.
    validatorUrl: null,
    requestInterceptor: sign,
    responseInterceptor: look,
  });
  greet();
})();
