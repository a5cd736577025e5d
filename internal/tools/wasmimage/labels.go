package wasmimage

// Labels are those of a version of sessiongate. The Dockerfile sets the same.
func Labels(version string) map[string]string {
	return map[string]string{
		"org.opencontainers.image.title":       "sessiongate",
		"org.opencontainers.image.description": "Session authentication at the proxy: a filter for Envoy and Istio",
		"org.opencontainers.image.source":      "https://github.com/sessiongate/sessiongate",
		"org.opencontainers.image.version":     version,
		"org.opencontainers.image.licenses":    "Apache-2.0",
	}
}
