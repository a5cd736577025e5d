package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long something that has to happen may take.
const patience = 20 * time.Second

// tab is a tab of a browser, and what was seen in it.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	problems []string // errors of scripts, and what they wrote to console.error
	visited  []string // the documents' URLs, redirects included
	refused  []string // URLs whose answer was 401
}

func newTab(t *testing.T, parent context.Context, options ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, done := chromedp.NewContext(parent, options...)
	t.Cleanup(done)
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// another is a tab of the same visitor.
func (b *tab) another() *tab { b.t.Helper(); return newTab(b.t, b.ctx) }

func (b *tab) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		b.problems = append(b.problems, fmt.Sprintf("%s %v", event.ExceptionDetails.Text, event.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		if event.Type == "error" || event.Type == "assert" {
			text, _ := json.Marshal(event.Args)
			b.problems = append(b.problems, string(text))
		}
	case *network.EventResponseReceived:
		if event.Response.Status == 401 {
			b.refused = append(b.refused, event.Response.URL)
		}
	case *network.EventRequestWillBeSent:
		if event.Type == network.ResourceTypeDocument {
			b.visited = append(b.visited, event.Request.URL)
		}
	}
}

// visits is how often a document was asked for.
func (b *tab) visits(url string) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, visited := range b.visited {
		if visited == url {
			n++
		}
	}
	return n
}

// refusals are the URLs whose answer was 401 since the last call.
func (b *tab) refusals() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	urls := b.refused
	b.refused = nil
	return urls
}

// run does steps, within the patience.
func (b *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v\n%s", err, b.page())
	}
}

func (b *tab) open(url string) { b.t.Helper(); b.run(chromedp.Navigate(url)) }

// click clicks in the middle of an element, in the middle of the screen, once
// it has stopped moving: what Envoy tells may still arrive.
func (b *tab) click(sel string) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.querySelector(%q)", sel))
	for last := ""; ; time.Sleep(40 * time.Millisecond) {
		at := eval[string](b, fmt.Sprintf(`(element => {
			element.scrollIntoView({block: 'center', behavior: 'instant'})
			return JSON.stringify(element.getBoundingClientRect())
		})(document.querySelector(%q))`, sel))
		if at == last {
			break
		}
		last = at
	}
	b.run(chromedp.Click(chromedp.CSS(sel)))
}

// eval is the value of an expression; promises are awaited.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// is checks what a promise gives.
func (b *tab) is(expression, want string) {
	b.t.Helper()
	if got := eval[string](b, expression); got != want {
		b.t.Errorf("%s: %s, want %s", expression, got, want)
	}
}

// text is that of the first element.
func (b *tab) text(sel string) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf(`document.querySelector(%q)?.textContent.replace(/\s+/g, ' ').trim() ?? ''`, sel))
}

// until waits for a condition, also across navigations.
func (b *tab) until(condition string) {
	b.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+condition+")"))
		cancel()
		if ok {
			return
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("never: %s (%v)\n%s", condition, err, b.page())
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// says waits until an element holds a text.
func (b *tab) says(sel, text string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`(document.querySelector(%q)?.textContent ?? '').replace(/\s+/g, ' ').includes(%q)`, sel, text))
}

// page is what a person would see, for messages.
func (b *tab) page() string {
	ctx, cancel := context.WithTimeout(b.ctx, time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](
		`location.href + '\n' + (document.querySelector('#verdict') ? ['#verdict', '#identity', '#token-text', '#keys', '#script', '#log'].map(s => s + ' ' + document.querySelector(s).innerText).join('\n') : document.body?.innerText)`))
	if err != nil {
		return err.Error()
	}
	return text[:min(len(text), 3000)]
}

// clean checks that no script failed, and that no token was in the address bar
// or is in the storage.
func (b *tab) clean() {
	b.t.Helper()
	b.mu.Lock()
	problems, visited := b.problems, strings.Join(b.visited, "\n")
	b.mu.Unlock()
	if len(problems) > 0 {
		b.t.Errorf("the console has errors:\n%s", strings.Join(problems, "\n"))
	}
	if strings.Contains(visited, "eyJ") {
		b.t.Errorf("a token was in the address bar:\n%s", visited)
	}
	if stored := eval[string](b, `JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})`); strings.Contains(stored, "eyJ") {
		b.t.Errorf("a token is in the storage: %s", stored)
	}
}
