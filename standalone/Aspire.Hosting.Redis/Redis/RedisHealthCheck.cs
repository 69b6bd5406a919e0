using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis;

/// <summary>Signs in and sends PING; the protocol is so simple that no client is needed (https://redis.io/docs/latest/develop/reference/protocol-spec/).</summary>
internal sealed class RedisHealthCheck(RedisResource server) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!server.PrimaryEndpoint.IsAllocated)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The server has no address yet.");
        }

        var request = new StringBuilder();
        if (server.PasswordParameter is { } password)
        {
            Append(request, "AUTH", await password.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "");
        }

        Append(request, "PING");
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.PrimaryEndpoint.Host, server.PrimaryEndpoint.Port, cancellationToken).ConfigureAwait(false);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken).ConfigureAwait(false);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            string? answer = null;
            for (var expected = server.PasswordParameter is null ? 1 : 2; expected > 0; expected--)
            {
                // "+OK" for AUTH, "+PONG" for PING; "-LOADING …" while the data is read.
                answer = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
                if (answer is null || answer.StartsWith('-'))
                {
                    return new HealthCheckResult(context.Registration.FailureStatus, answer ?? "The server closed the connection.");
                }
            }

            return HealthCheckResult.Healthy(answer);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }

    private static void Append(StringBuilder request, params ReadOnlySpan<string> words)
    {
        request.Append('*').Append(words.Length).Append("\r\n");
        foreach (var word in words)
        {
            request.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");
        }
    }
}
