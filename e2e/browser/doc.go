// Package browser tests sessions in a real browser: headless Chromium, driven
// from Go, against a real Envoy with the filter.
//
// It is a module of its own, so that the driver is not among the product's
// dependencies.
package browser
