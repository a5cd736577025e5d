package monitoring

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
)

// ServeHTTP answers what a dashboard asks of Prometheus' HTTP API: query,
// query_range and the values of a label.
func (p *prometheus) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var answer any
	var err error
	if name := r.PathValue("name"); name != "" {
		answer, err = p.values(r, name)
	} else {
		answer, err = p.result(r)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"status": "success", "data": answer})
}

func (p *prometheus) values(r *http.Request, name string) ([]string, error) {
	matchers, err := parser.NewParser(parser.Options{}).ParseMetricSelector(r.FormValue("match[]"))
	if err != nil {
		return nil, err
	}
	querier, err := p.storage.Querier(0, time.Now().UnixMilli())
	if err != nil {
		return nil, err
	}
	defer querier.Close()
	values, _, err := querier.LabelValues(r.Context(), name, nil, matchers...)
	return values, err
}

// result is that of a query at a time, or over a range where there is a step.
func (p *prometheus) result(r *http.Request) (any, error) {
	var query promql.Query
	var err error
	if step := r.FormValue("step"); step != "" {
		query, err = p.engine.NewRangeQuery(r.Context(), p.storage, nil, r.FormValue("query"),
			second(r, "start"), second(r, "end"), second(r, "step").Sub(time.Unix(0, 0)))
	} else {
		query, err = p.engine.NewInstantQuery(r.Context(), p.storage, nil, r.FormValue("query"), second(r, "time"))
	}
	if err != nil {
		return nil, err
	}
	defer query.Close()
	result := query.Exec(r.Context())
	if result.Err != nil {
		return nil, result.Err
	}
	// The result is the query's, and is gone once that is closed.
	text, err := json.Marshal(result.Value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.FormValue("query"), err)
	}
	return map[string]any{"resultType": result.Value.Type(), "result": json.RawMessage(text)}, nil
}

func second(r *http.Request, name string) time.Time {
	value, _ := strconv.ParseInt(r.FormValue(name), 10, 64)
	return time.Unix(value, 0)
}
