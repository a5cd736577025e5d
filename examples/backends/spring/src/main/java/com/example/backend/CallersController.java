package com.example.backend;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
class CallersController {

    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    private static final JsonMapper JSON = new JsonMapper();

    /** Optional: signed in or not. */
    @GetMapping("/whoami")
    Identity whoami(@RequestAttribute Identity identity) {
        return identity;
    }

    @GetMapping("/hello")
    @RequireSession
    Identity hello(@RequestAttribute Identity identity) {
        return identity;
    }

    @GetMapping("/teams")
    @RequireSession("org:teams:read")
    Identity teams(@RequestAttribute Identity identity) {
        audit("teams.read", identity);
        return identity;
    }

    private record Event(String action, String provider, String user, String session, String organisation,
            String actor) {
    }

    /** A line of JSON for each event: a caller's values cannot begin another line. */
    private static void audit(String action, Identity user) {
        AUDIT.info(JSON.writeValueAsString(new Event(action, user.provider(), user.userId(), user.sessionId(),
                user.orgId(), user.actor())));
    }
}
