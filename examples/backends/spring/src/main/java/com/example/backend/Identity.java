package com.example.backend;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.UriUtils;

/**
 * The caller, from the headers that sessiongate writes. A field that the session lacks is null.
 *
 * @param reason why not signed in
 * @param actor  who acts as the user
 */
public record Identity(boolean signedIn, String reason,
        String provider, String userId, String sessionId,
        String orgId, String orgRole, String orgSlug, List<String> permissions,
        String actor, String name, String email) {

    /** Reads the headers. A missing header is not an error. */
    public static Identity of(HttpServletRequest request) {
        // Each element is encoded by itself: split first, then decode.
        String listed = request.getHeader("x-identity-org-permissions");
        List<String> permissions = listed == null || listed.isEmpty() ? List.of()
                : Stream.of(listed.split(",")).map(Identity::decode).toList();
        return new Identity("signed-in".equals(text(request, "status")), text(request, "reason"),
                text(request, "provider"), text(request, "user-id"), text(request, "session-id"),
                text(request, "org-id"), text(request, "org-role"), text(request, "org-slug"), permissions,
                text(request, "actor"), text(request, "name"), text(request, "email"));
    }

    private static String text(HttpServletRequest request, String name) {
        return decode(request.getHeader("x-identity-" + name));
    }

    private static String decode(String value) { // not URLDecoder, which reads + as a space
        return value == null ? null : UriUtils.decode(value, StandardCharsets.UTF_8);
    }
}
