package com.example.backend;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.*;
import org.springframework.security.web.SecurityFilterChain;

/** Believes the proxy's signed assertion, and nothing else. */
@Configuration
class Assertions {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http
            .csrf(csrf -> csrf.disable()) // no request is signed in by a cookie here
            .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
            .authorizeHttpRequests(requests -> requests
                .requestMatchers(HttpMethod.OPTIONS).permitAll() // a preflight has no session
                .anyRequest().authenticated())
            .oauth2ResourceServer(server -> server
                .bearerTokenResolver(request -> request.getHeader("X-Sessiongate-Assertion"))
                .jwt(jwt -> {}))
            .build();
    }

    /** The proxy's keys are fetched when they are needed, and anew for an unknown one. */
    @Bean
    JwtDecoder decoder(@Value("${KEYS_URL}") String keys) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(keys).jwsAlgorithm(SignatureAlgorithm.ES256).validateType(false).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(),
            new JwtIssuerValidator("https://gate.example.com"),
            new JwtTypeValidator("sessiongate+jwt"),
            new JwtClaimValidator<List<String>>(JwtClaimNames.AUD, audiences -> audiences != null && audiences.contains("backend"))));
        return decoder;
    }
}
