// A static file server that takes its socket from sup and ends without losing a request. Try it alone: go run .
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

const version = 1

var (
	draining atomic.Bool
	open     atomic.Int64 // connections
	busy     atomic.Int64 // answers being made
)

func main() {
	listener, err := listen()
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir("public")))
	mux.HandleFunc("/whoami", whoami)
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, `{"ok":true}`) })
	server := &http.Server{Handler: counted(mux), ConnState: count}

	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	go func() {
		<-term
		draining.Store(true)
		listener.Close()
	}()

	fmt.Println("listening, pid", os.Getpid())
	if err := server.Serve(listener); !errors.Is(err, net.ErrClosed) {
		log.Fatal(err)
	}
	drain()
	_ = server.Shutdown(context.Background())
}

// The socket that sup opened is descriptor 3; without sup, one of our own.
func listen() (net.Listener, error) {
	if os.Getenv("LISTEN_PID") == strconv.Itoa(os.Getpid()) {
		file := os.NewFile(3, "http")
		defer file.Close()
		return net.FileListener(file)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	return net.Listen("tcp", ":"+port)
}

// Not Shutdown() at once: it closes idle connections on which a request may just be arriving. They may speak once
// more until the drain time has passed; what is being answered is answered in any case.
func drain() {
	wait, err := strconv.Atoi(os.Getenv("SUP_DRAIN"))
	if err != nil {
		wait = 3000
	}
	end := time.Now().Add(time.Duration(wait) * time.Millisecond)
	for open.Load() > 0 && (busy.Load() > 0 || time.Now().Before(end)) {
		time.Sleep(20 * time.Millisecond)
	}
}

func counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		busy.Add(1)
		defer busy.Add(-1)
		if draining.Load() {
			w.Header().Set("Connection", "close") // the client's next request goes to another worker
		}
		next.ServeHTTP(w, r)
	})
}

func count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		open.Add(1)
	case http.StateClosed, http.StateHijacked:
		open.Add(-1)
	}
}

func whoami(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"worker":  os.Getenv("SUP_WORKER"),
		"pid":     os.Getpid(),
		"version": version,
		"n":       r.URL.Query().Get("n"),
	})
}
