using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Orchestration;

/// <summary>Listens on the public port of an endpoint and hands each connection to the next process behind it.</summary>
internal sealed class TcpForwarder : IAsyncDisposable
{
    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _stopped = new();
    private readonly IReadOnlyList<int> _targets;
    private uint _next;

    private TcpForwarder(IReadOnlyList<int> targets) => _targets = targets;

    public static TcpForwarder Start(int port, IReadOnlyList<int> targets)
    {
        var forwarder = new TcpForwarder(targets);
        IPAddress[] addresses = Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
        foreach (var address in addresses)
        {
            try
            {
                var listener = new TcpListener(address, port);
                listener.Start();
                forwarder._listeners.Add(listener);
                _ = forwarder.AcceptAsync(listener);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
            {
                // No IPv6 here.
            }
        }

        return forwarder;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        _listeners.ForEach(l => l.Dispose());
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await listener.AcceptTcpClientAsync(_stopped.Token).ConfigureAwait(false));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        {
            // A process that does not listen, because it was stopped or has crashed, is passed over.
            for (var attempt = 0; attempt < _targets.Count; attempt++)
            {
                var target = _targets[(int)(Interlocked.Increment(ref _next) % (uint)_targets.Count)];
                using var process = new TcpClient();
                try
                {
                    await process.ConnectAsync("localhost", target, _stopped.Token).ConfigureAwait(false);
                }
                catch (SocketException)
                {
                    continue;
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                await JoinAsync(client, process).ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task JoinAsync(TcpClient client, TcpClient process)
    {
        client.NoDelay = process.NoDelay = true;
        await Task.WhenAll(CopyAsync(client, process), CopyAsync(process, client)).ConfigureAwait(false);

        async Task CopyAsync(TcpClient from, TcpClient to)
        {
            try
            {
                await from.GetStream().CopyToAsync(to.GetStream(), _stopped.Token).ConfigureAwait(false);
                to.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side broke off: so does the other.
                client.Close();
                process.Close();
            }
        }
    }
}
