package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// runLook has the demo's page used in other ways than with a mouse on a wide
// screen.
func runLook(t *testing.T, d demoTest) {
	s := demoScenarios{demoTest: d, vendor: vendors[0]}
	for _, one := range []struct {
		name string
		f    func(s demoScenarios, b *tab)
	}{
		{"/ leads to the page, and that to the other vendors'", demoScenarios.choices},
		{"the page, from the keyboard alone", demoScenarios.keyboard},
		{"the page, at the width of a phone", demoScenarios.phone},
		{"the page, in light and dark: enough contrast", demoScenarios.contrast},
		{"the page, in a browser that takes no cookies", demoScenarios.noCookies},
		{"the page, with JavaScript off", demoScenarios.noScript},
		{"the page's screenshots", demoScenarios.screenshots},
	} {
		ran.run(t, "demo", "", one.name, func(t *testing.T) {
			b := d.browser.visitor(t)
			one.f(s, b)
			b.clean()
		})
	}
}

// reach presses Tab until an element has the focus, which has to show.
func (b *tab) reach(sel string) {
	b.t.Helper()
	for range 40 {
		b.run(chromedp.KeyEvent("\t"))
		if !eval[bool](b, "document.activeElement.matches('"+sel+"')") {
			continue
		}
		if outline := eval[string](b, "getComputedStyle(document.activeElement).outlineStyle"); outline == "none" {
			b.t.Errorf("the focus on %s does not show", sel)
		}
		return
	}
	b.t.Fatalf("Tab does not reach %s", sel)
}

func (s demoScenarios) keyboard(b *tab) {
	b.open(s.page())
	b.says("#verdict", "Signed-out")
	b.reach("#sign-in")
	b.run(chromedp.KeyEvent("\r"))
	b.until("document.querySelector('button[name=user]')")
	b.reach("button[name=user]")
	b.run(chromedp.KeyEvent("\r"))
	b.until("document.getElementById('token')?.dataset.state === 'good'")
	for _, button := range []string{"call", "spoof", "bearer"} {
		eval[string](b, "document.getElementById('script').textContent = ''")
		b.reach("#" + button)
		b.run(chromedp.KeyEvent(" "))
		b.says("#script", "200")
	}
	b.reach("#log li:last-child button, #log li:nth-child(2) button")
	b.run(chromedp.KeyEvent("\r"))
	b.until("document.querySelector('#log button[aria-current]')")
	if unnamed := eval[string](b, `[...document.querySelectorAll('button, a, input')].filter(e => !(e.innerText || e.labels?.[0]?.innerText || '').trim()).map(e => e.outerHTML).join(' ')`); unnamed != "" {
		b.t.Errorf("controls without a name: %s", unnamed)
	}
}

func (s demoScenarios) phone(b *tab) {
	b.run(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateTouch))
	s.signIn(b, "Ada")
	s.press(b, "spoof", "200")
	b.says("#ticker", "Signed-in")
	if wide := eval[string](b, `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 361 && !e.closest('.skip')).map(e => e.id || e.className || e.tagName).join(' ')`); wide != "" {
		b.t.Errorf("wider than the screen: %s", wide)
	}
	if !eval[bool](b, `(r => r.height > 0 && r.bottom <= innerHeight + 1)(document.getElementById('ticker').getBoundingClientRect())`) {
		b.t.Error("the verdict is not on the screen")
	}
}

// poor are texts whose contrast with what is behind them is under 4.5
// (WCAG 2.2, 1.4.3).
const poor = `(() => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true})
  const rgba = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data] }
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0)
  const behind = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c } return rgba('canvas') }
  const found = []
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x)
    const ratio = (a + .05) / (b + .05)
    if (ratio < 4.5) found.push(e.tagName + '.' + e.className + ' ' + e.innerText.slice(0, 20) + ' ' + ratio.toFixed(1))
  }
  return found.join('\n')
})()`

func (b *tab) scheme(value string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (s demoScenarios) contrast(b *tab) {
	for _, scheme := range []string{"light", "dark"} {
		b.scheme(scheme)
		s.signIn(b, "Grace")
		for _, button := range []string{"spoof", "call-admin", "no-bearer", "stop-keys"} {
			b.click("#" + button)
			b.says("#log", map[string]string{"spoof": "api/hello", "call-admin": "api/admin", "no-bearer": "session-token-and-uat-missing", "stop-keys": ""}[button])
			if found := eval[string](b, poor); found != "" {
				b.t.Errorf("%s, after %s:\n%s", scheme, button, found)
			}
		}
		b.click("#stop-keys") // starts it again
		b.says("#keys", "The key server runs")
		s.press(b, "sign-out", "signed out")
	}
}

func (s demoScenarios) noCookies(b *tab) {
	disabled := emulation.SetDocumentCookieDisabledParams{Disabled: true}
	if _, err := chromedp.Call(b.ctx, emulation.SetDocumentCookieDisabled, disabled); err != nil {
		b.t.Fatal(err)
	}
	b.open(s.page())
	b.says("#notice", "takes no cookies")
	s.press(b, "call", "401 "+s.none)
}

func (s demoScenarios) noScript(b *tab) {
	disabled := emulation.SetScriptExecutionDisabledParams{Value: true}
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, disabled); err != nil {
		b.t.Fatal(err)
	}
	b.open(s.page())
	b.says("noscript", "JavaScript, which is off")
	b.says("#identity", "signed-out: "+s.none)
	b.click("#account")
	s.choose(b, "Ada")
	b.says("#user", s.ada)
}
