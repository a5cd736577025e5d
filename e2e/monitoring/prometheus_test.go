package monitoring

import (
	"errors"
	"io"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/util/teststorage"
)

// prometheus keeps what was scraped, and answers queries.
type prometheus struct {
	storage *teststorage.TestStorage
	engine  *promql.Engine
}

func newPrometheus(t *testing.T) *prometheus {
	return &prometheus{teststorage.New(t), promqltest.NewTestEngine(t, false, 5*time.Minute, 1_000_000)}
}

// take stores what was scraped at a time, with the labels that Prometheus adds.
func (p *prometheus) take(t *testing.T, scraped string, at time.Time) {
	t.Helper()
	appender := p.storage.Appender(t.Context())
	parser := textparse.NewPromParser([]byte(scraped), labels.NewSymbolTable(), false)
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if entry != textparse.EntrySeries {
			continue
		}
		var series labels.Labels
		_, _, value := parser.Series()
		parser.Labels(&series)
		builder := labels.NewBuilder(series)
		builder.Set("job", "gateway").Set("instance", "a")
		if _, err := appender.Append(0, builder.Labels(), at.UnixMilli(), value); err != nil {
			t.Fatal(err)
		}
	}
	if err := appender.Commit(); err != nil {
		t.Fatal(err)
	}
}

// record stores what a recording rule makes of what was scraped until a time.
func (p *prometheus) record(t *testing.T, name, query string, at time.Time) {
	t.Helper()
	appender := p.storage.Appender(t.Context())
	for _, sample := range p.ask(t, query, at) {
		series := labels.NewBuilder(sample.Metric).Set(model.MetricNameLabel, name).Labels()
		if _, err := appender.Append(0, series, at.UnixMilli(), sample.F); err != nil {
			t.Fatal(err)
		}
	}
	if err := appender.Commit(); err != nil {
		t.Fatal(err)
	}
}

// ask answers a query.
func (p *prometheus) ask(t *testing.T, query string, at time.Time) promql.Vector {
	t.Helper()
	q, err := p.engine.NewInstantQuery(t.Context(), p.storage, nil, query, at)
	if err != nil {
		t.Errorf("%v\n%s", err, query)
		return nil
	}
	defer q.Close()
	result := q.Exec(t.Context())
	vector, err := result.Vector()
	if err := errors.Join(result.Err, err); err != nil {
		t.Errorf("%v\n%s", err, query)
		return nil
	}
	return append(promql.Vector(nil), vector...)
}
