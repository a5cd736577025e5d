package com.example.backend;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Application {
    @GetMapping("/whoami")
    Map<String, String> whoami(@AuthenticationPrincipal Jwt assertion) {
        return Map.of("user", assertion.getSubject());
    }

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
