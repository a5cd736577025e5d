package loopback

import (
	"net"
	"testing"
)

func TestFreeAddress(t *testing.T) {
	addr, err := FreeAddress()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if IsFree(addr) {
		t.Errorf("%s is free while somebody listens on it", addr)
	}
	if port := listener.Addr().(*net.TCPAddr).Port; port < firstPort || port >= firstPort+ports {
		t.Errorf("the port %d is one that systems give away", port)
	}
}
