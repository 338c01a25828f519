<?php
// A web server that takes its socket from sup and ends without losing a request. Try it alone: php server.php
// One process, one loop: for at most 1,000 connections at a time. SIGTERM needs the pcntl extension (Debian's php-cli has it).
declare(strict_types=1);

const VERSION = 1;

final class Connection
{
    public string $in = '';
    public string $out = '';
    public bool $last = false;

    public function __construct(public readonly mixed $stream)
    {
    }
}

final class Server
{
    /** @var array<int, Connection> */
    private array $connections = [];
    private mixed $listener;
    private ?float $drainEnd = null;

    public function __construct()
    {
        $inherited = getenv('LISTEN_PID') === (string) getmypid();
        $this->listener = $inherited
            ? fopen('php://fd/3', 'r+')
            : stream_socket_server('tcp://0.0.0.0:' . (getenv('PORT') ?: 3000));
        // Another worker may be quicker with the connection that woke us: never wait in accept.
        stream_set_blocking($this->listener, false);
    }

    public function run(): void
    {
        while ($this->drainEnd === null || !$this->isDrained($this->drainEnd)) {
            $this->turn();
        }
    }

    public function drain(): void
    {
        $this->drainEnd ??= microtime(true) + (float) (getenv('SUP_DRAIN') ?: 3000) / 1000;
    }

    /** Idle connections may speak until the drain time has passed; what is being answered is answered in any case. */
    private function isDrained(float $end): bool
    {
        $busy = array_filter($this->connections, fn (Connection $each) => $each->in . $each->out !== '');
        return $this->connections === [] || ($busy === [] && microtime(true) >= $end);
    }

    private function turn(): void
    {
        $streams = array_map(fn (Connection $each) => $each->stream, $this->connections);
        $readable = $this->drainEnd === null ? [...$streams, $this->listener] : $streams;
        $writable = array_filter($streams, fn (int $id) => $this->connections[$id]->out !== '', ARRAY_FILTER_USE_KEY);
        $except = null;
        // A signal ends the wait early, with a warning.
        if (!@stream_select($readable, $writable, $except, 0, 100_000)) {
            return;
        }
        foreach ($readable as $stream) {
            $stream === $this->listener ? $this->accept() : $this->read($this->connections[get_resource_id($stream)]);
        }
        foreach ($this->connections as $connection) {
            $this->write($connection);
        }
    }

    private function accept(): void
    {
        // Taken, it is served even if SIGTERM came meanwhile.
        $stream = @stream_socket_accept($this->listener, 0);
        if ($stream) {
            stream_set_blocking($stream, false);
            $this->connections[get_resource_id($stream)] = new Connection($stream);
        }
    }

    private function read(Connection $connection): void
    {
        $bytes = @fread($connection->stream, 65536);
        if ($bytes === false || ($bytes === '' && feof($connection->stream))) {
            $this->close($connection);
            return;
        }
        $connection->in .= $bytes;
        while (!$connection->last && ($end = strpos($connection->in, "\r\n\r\n")) !== false) {
            $head = substr($connection->in, 0, $end);
            $connection->in = substr($connection->in, $end + 4);
            // To close over requests that were sent ahead would reset the connection.
            $connection->last = preg_match('/^Connection:\s*close/mi', $head) === 1
                || ($this->drainEnd !== null && $connection->in === '');
            $connection->out .= response($head, $connection->last);
        }
    }

    private function write(Connection $connection): void
    {
        if ($connection->out !== '') {
            $written = @fwrite($connection->stream, $connection->out);
            $connection->out = substr($connection->out, (int) $written);
            if ($written === false || ($connection->last && $connection->out === '')) {
                $this->close($connection);
            }
        }
    }

    private function close(Connection $connection): void
    {
        unset($this->connections[get_resource_id($connection->stream)]);
        fclose($connection->stream);
    }
}

/** For requests without a body. */
function response(string $head, bool $last): string
{
    [, $target] = explode(' ', $head, 3) + ['', '/'];
    $path = parse_url($target, PHP_URL_PATH);
    parse_str((string) parse_url($target, PHP_URL_QUERY), $query);
    [$status, $body] = match ($path) {
        '/' => ['200 OK', [
            'hello' => 'world',
            'worker' => getenv('SUP_WORKER') ?: null,
            'pid' => getmypid(),
            'version' => VERSION,
            'n' => $query['n'] ?? null,
        ]],
        '/healthz' => ['200 OK', ['ok' => true]],
        default => ['404 Not Found', ['error' => 'not found']],
    };
    $text = json_encode($body) . "\n";
    $close = $last ? "Connection: close\r\n" : '';
    return "HTTP/1.1 $status\r\nContent-Type: application/json\r\nContent-Length: " . strlen($text) . "\r\n$close\r\n$text";
}

$server = new Server();
if (function_exists('pcntl_signal')) {
    pcntl_async_signals(true);
    pcntl_signal(SIGTERM, fn () => $server->drain());
}
echo 'listening, pid ' . getmypid() . "\n";
$server->run();
