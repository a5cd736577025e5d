package com.example.backend;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** A test needs no proxy and no token: it writes the headers itself. */
class CallersControllerTest {

    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new CallersController())
            .addInterceptors(new IdentityInterceptor()).build();

    @ParameterizedTest
    @CsvSource({
        "/whoami,,, 200",
        "/hello,,, 401",
        "/hello, signed-in,, 200",
        "/teams, signed-in,, 403",
        "/teams, signed-in, 'org:teams:manage,org:teams:read', 200",
    })
    void answers(String path, String status, String permissions, int expected) throws Exception {
        HttpHeaders headers = new HttpHeaders();
        if (status != null) {
            headers.set("x-identity-status", status);
        }
        if (permissions != null) {
            headers.set("x-identity-org-permissions", permissions);
        }
        mvc.perform(get(path).headers(headers)).andExpect(status().is(expected));
    }
}
