package filter

import "encoding/base64"

// probe is a signature that is known to be right. The keys are test keys, made
// for this file: they protect nothing, and nobody has kept their private parts.
type probe struct {
	key string // DER SubjectPublicKeyInfo, in base64
	sig string // in the form of JWS, in base64
}

const probeText = "sessiongate asks its host to verify this"

var (
	probeRSA = probe{ // RS256
		key: "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwaTlo+eaevGsDaC65wRfTAr/eMTxwQk5iF4Ua0gjfHKWab7QHMZY" +
			"O3ndq+NVd7/R6+we7Mu/IInOKUiCvpag16KWTv4BkZYpk0VOhAUYhpwEcfnVGtInxo5nPPl5SteeM6imRCIVsoJDN/RtlNL7" +
			"C24Vam2lNOSHMbzVlUfIYj9GR1HPJyax1F3u9/BRsgEe2LyPlAio1q8bWQ6vDLvl7PXEireSel1ntUop185F3+LF6f5XcKyS" +
			"Ed6Yuthn30ZJ9PelJWy6TaCOhmtA5R8GHEN2zUmRVRuPuc8FB31pQds+02sdy5ylLw3u3EAltGPtiKV/9k9tN8Xm9g9NHxJN" +
			"QwIDAQAB",
		sig: "XXoGR/eEp6/eKJi55wDpeDCK0SbCqzN3n+7ULIid2VUcj+8nyyBC3BMkrUn208HSciWGKgfFz01VCbfniXueDy34l8yOXflr" +
			"YuGFXWNuZSbVaEQcQi5RrnS+zhdLC6wprvfMP0OG2U2qbZFBBSX2HteNuz3CsasSGkMvubI2aENFGmnU/ph+EvnrC2lXT4EL" +
			"OKbVa1nmNN1tY7ojPTHpWaKZ0qnANPL5oLDPreXElhHpV7Ts2v8EuWKAYI/Y9QgOed0R5oBjmC/L0DTB6Aw9GXSTywOcA9CA" +
			"RYMu3MKW0B5/usWnz5zsmTbkJV73Pb4aZADTIQxcdIzYtJvq3jEBKQ==",
	}
	probeEC = probe{ // ES256
		key: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ3lodTmWPRW+pu/duohwSf6ae+VU+Zf4615sjmVqoNwRTljvZq1IphlRQZWR" +
			"/RnXA3E2oBti6ADG0c9yhMng1w==",
		sig: "OTvEXOI19IEb9W7Zo6Fw2Tx6orqoEw2tAWyoVAGrPubSAN1rZDSzkFKLxvAjDvSt+i5MZKmTbZ9/FEcNjpIdUw==",
	}
)

func unbase64(text string) []byte {
	data, _ := base64.StdEncoding.DecodeString(text)
	return data
}
