package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// document is an SPDX 2.3 document with packages only. There is no time of its
// making in it but the fixed one: the same module gives the same document.
type document struct {
	SPDXVersion       string         `json:"spdxVersion"`
	DataLicense       string         `json:"dataLicense"`
	SPDXID            string         `json:"SPDXID"`
	Name              string         `json:"name"`
	DocumentNamespace string         `json:"documentNamespace"`
	CreationInfo      creationInfo   `json:"creationInfo"`
	Packages          []spdxPackage  `json:"packages"`
	Relationships     []relationship `json:"relationships"`
}

type creationInfo struct {
	Created  string   `json:"created"`
	Creators []string `json:"creators"`
}

type spdxPackage struct {
	SPDXID           string        `json:"SPDXID"`
	Name             string        `json:"name"`
	VersionInfo      string        `json:"versionInfo"`
	DownloadLocation string        `json:"downloadLocation"`
	FilesAnalyzed    bool          `json:"filesAnalyzed"`
	LicenseConcluded string        `json:"licenseConcluded"`
	LicenseDeclared  string        `json:"licenseDeclared"`
	CopyrightText    string        `json:"copyrightText"`
	Comment          string        `json:"comment,omitempty"`
	ExternalRefs     []externalRef `json:"externalRefs"`
}

type externalRef struct {
	Category string `json:"referenceCategory"`
	Type     string `json:"referenceType"`
	Locator  string `json:"referenceLocator"`
}

type relationship struct {
	Element string `json:"spdxElementId"`
	Type    string `json:"relationshipType"`
	Related string `json:"relatedSpdxElement"`
}

const (
	self    = "github.com/sessiongate/sessiongate"
	licence = "Apache-2.0" // of everything in this repository
)

func newDocument(version string, modules []module) document {
	root := newPackage("SPDXRef-sessiongate", module{Path: self, Version: version})
	root.LicenseDeclared = licence
	d := document{
		SPDXVersion:  "SPDX-2.3",
		DataLicense:  "CC0-1.0",
		SPDXID:       "SPDXRef-DOCUMENT",
		Name:         "sessiongate-" + version,
		CreationInfo: creationInfo{Created: "1970-01-01T00:00:00Z", Creators: []string{"Tool: sessiongate-sbom"}},
		Packages:     []spdxPackage{root},
		Relationships: []relationship{
			{"SPDXRef-DOCUMENT", "DESCRIBES", root.SPDXID},
		},
	}
	content := sha256.New()
	for i, m := range modules {
		id := fmt.Sprintf("SPDXRef-module-%d", i+1)
		p := newPackage(id, m)
		if m.Folder != "" {
			p = newStandIn(id, version, m)
		}
		d.Packages = append(d.Packages, p)
		d.Relationships = append(d.Relationships, relationship{root.SPDXID, "DEPENDS_ON", p.SPDXID})
		fmt.Fprintln(content, p.Name, p.VersionInfo)
	}
	// A document's name has to be its own: it is that of the content.
	d.DocumentNamespace = "https://" + self + "/spdx/" + version + "-" + hex.EncodeToString(content.Sum(nil)[:8])
	return d
}

func newPackage(id string, m module) spdxPackage {
	return spdxPackage{
		SPDXID:           id,
		Name:             m.Path,
		VersionInfo:      m.Version,
		DownloadLocation: "NOASSERTION",
		LicenseConcluded: "NOASSERTION",
		LicenseDeclared:  "NOASSERTION",
		CopyrightText:    "NOASSERTION",
		ExternalRefs: []externalRef{{
			"PACKAGE-MANAGER", "purl", "pkg:golang/" + strings.ToLower(m.Path) + "@" + m.Version,
		}},
	}
}

// newStandIn is a folder of this repository that takes the place of a module. It
// has the version, the licence and the origin of this repository, and none of the
// module's.
func newStandIn(id, version string, m module) spdxPackage {
	p := newPackage(id, module{Path: self + "/" + m.Folder, Version: version})
	p.LicenseDeclared = licence
	p.ExternalRefs[0].Locator = "pkg:golang/" + self + "@" + version + "#" + m.Folder
	p.Comment = "Code of this repository, built in place of " + m.Replaces + "."
	return p
}
