// Package istio tests the files of deploy/istio: they go through the code of
// Istio's own control plane and agent into an Envoy, and requests are made.
//
// What is Istio's own here: the control plane (package pilot/test/xds), the
// agent's fetcher of images (pkg/wasm) and its server of certificate bundles
// (security/pkg/nodeagent). What is not: Kubernetes, the interception of a pod's
// traffic, mutual TLS between workloads, and Envoy, which is not Istio's build
// of it.
//
// It is a module of its own, because Istio brings some hundred modules with it.
package istio
