package browser

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"
)

// maxScreenshot is the most bytes that a screenshot in docs may have.
const maxScreenshot = 200 << 10

// screenshot writes what the tab shows to a file.
func (b *tab) screenshot(path string) error {
	taken, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	picture, err := png.Decode(bytes.NewReader(taken))
	if err != nil {
		return err
	}
	var small bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&small, paletted(picture)); err != nil {
		return err
	}
	if small.Len() > maxScreenshot {
		return fmt.Errorf("%s has %d bytes, at most %d", path, small.Len(), maxScreenshot)
	}
	return os.WriteFile(path, small.Bytes(), 0o600)
}

// paletted is a picture in its 256 most frequent colours: of a page with few
// colours this shows nowhere, and takes a third of the bytes.
func paletted(picture image.Image) *image.Paletted {
	bounds := picture.Bounds()
	count := map[color.NRGBA]int{}
	at := func(x, y int) color.NRGBA {
		return color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)
	}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.NRGBA) int { return count[b] - count[a] })
	palette := color.Palette{}
	for _, c := range colours[:min(len(colours), 256)] {
		palette = append(palette, c)
	}
	small, index := image.NewPaletted(bounds, palette), map[color.NRGBA]uint8{}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := at(x, y)
			i, known := index[c]
			if !known {
				i = uint8(palette.Index(c))
				index[c] = i
			}
			small.SetColorIndex(x, y, i)
		}
	}
	return small
}

// screenshots puts what docs show into build/screenshots.
func (s demoScenarios) screenshots(b *tab) {
	dir := filepath.Join(root, "build", "screenshots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.t.Fatal(err)
	}
	take := func(name, top string) {
		b.t.Helper()
		eval[bool](b, "document.querySelector('"+top+"').scrollIntoView({behavior: 'instant'}) === undefined")
		b.run(chromedp.Sleep(400e6))
		if err := b.screenshot(filepath.Join(dir, "demo-"+name+".png")); err != nil {
			b.t.Error(err)
		}
	}
	b.scheme("light")
	b.run(chromedp.EmulateViewport(1280, 900))
	s.signIn(b, "Ada")
	s.press(b, "spoof", "200")
	b.says("#sent .gone", "mallory")
	take("signed-in", "header")
	s.expire(b)
	b.click("#reload")
	b.says("#verdict", "A handshake settled it")
	take("handshake", "header")
	s.press(b, "no-bearer", "401 ")
	s.decided(b, "signed-out", "refused")
	b.scheme("dark")
	take("refused", "header")
	b.run(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	take("phone", "#decision")
	if strings.Contains(b.text("body"), "undefined") {
		b.t.Error("the page says undefined")
	}
}
