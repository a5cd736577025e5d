package com.example.backend;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives every request its caller, and refuses those that a handler does not serve. */
@Component
class IdentityInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Identity caller = Identity.of(request);
        request.setAttribute("identity", caller);
        RequireSession needs = handler instanceof HandlerMethod m ? m.getMethodAnnotation(RequireSession.class) : null;
        if (needs != null && !caller.signedIn()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
        }
        for (String permission : needs == null ? new String[0] : needs.value()) {
            if (!caller.permissions().contains(permission)) {
                throw new ResponseStatusException(HttpStatus.FORBIDDEN);
            }
        }
        return true;
    }
}
