using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pamps.Tests.Features.Billing;

/// <summary>A mail server for one test class, as much of RFC 5321 as a client needs. It can be told to refuse recipients.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The mails taken, each with its headers.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    /// <summary>Answers to the recipient whose address contains the key; each is given once, then the mail is taken.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Refusals { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true)
            {
                sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            await SayAsync("220 sink");
            while (await reader.ReadLineAsync(_stopping.Token) is { } line)
            {
                var verb = line.Length < 4 ? line : line[..4].ToUpperInvariant();
                await SayAsync(verb switch
                {
                    "QUIT" => "221 bye",
                    "RCPT" => Refusal(line) ?? "250 ok",
                    "DATA" => "354 go on",
                    _ => "250 ok",
                });
                if (verb == "DATA")
                {
                    Mails.Enqueue(await ReadMailAsync(reader));
                    await SayAsync("250 taken");
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client or the test is gone.
        }

        async Task SayAsync(string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), _stopping.Token);
    }

    private string? Refusal(string recipient)
    {
        var queue = Refusals.FirstOrDefault(refusal => recipient.Contains(refusal.Key, StringComparison.Ordinal)).Value;
        return queue is not null && queue.TryDequeue(out var answer) ? answer : null;
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stopping.Token) is { } line && line != ".")
        {
            mail.Append(line).Append('\n');
        }

        return mail.ToString();
    }
}
