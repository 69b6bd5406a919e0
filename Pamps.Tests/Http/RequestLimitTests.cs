using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Pamps.Tests.Http;

/// <summary>What a client may send, and how long it may take. Over a bare socket: no library sends such requests.</summary>
public sealed class RequestLimitTests(RequestLimitTests.Impatient api) : IClassFixture<RequestLimitTests.Impatient>
{
    [Fact]
    public async Task Headers_that_do_not_end_are_cut_off()
    {
        // One character after the other, as a slow-loris sends them: every one of them is new data, and none is the last.
        // Not one header after the other: a fast machine would reach the greatest number of them first.
        using var client = await ConnectAsync();
        await SendAsync(client, "GET /api/v1/instance HTTP/1.1\r\nHost: x\r\nX-More: ");
        var answer = ReadToEndAsync(client);
        var connection = client.GetStream();
        await Eventually.Be(
            async () =>
            {
                try
                {
                    await SendAsync(connection, "y");
                }
                catch (IOException)
                {
                    // Cut off, which is what is waited for.
                }

                return answer.IsCompleted;
            },
            cutOff => cutOff);

        var text = await answer;
        Assert.True(text.Length == 0 || text.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), text);
        await AnswersAsync();
    }

    [Fact]
    public async Task A_body_that_hardly_moves_is_cut_off()
    {
        using var client = await ConnectAsync();
        await SendAsync(client, "POST /api/v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{");

        var text = await ReadToEndAsync(client);

        Assert.True(text.Length == 0 || text.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), text);
        await AnswersAsync();
    }

    [Fact]
    public async Task A_body_announced_too_large_is_refused_before_it_is_sent()
    {
        using var client = await ConnectAsync();
        await SendAsync(client, "POST /api/v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000001\r\n\r\n");

        var text = await ReadToEndAsync(client);

        Assert.StartsWith("HTTP/1.1 413", text, StringComparison.Ordinal);
        Assert.Contains("too_large", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_says_nothing_of_its_length_is_refused_when_it_grows_too_large()
    {
        using var client = await ConnectAsync();
        await SendAsync(client, "POST /api/v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        var answer = ReadToEndAsync(client);
        var connection = client.GetStream();
        var chunk = new string('1', 0x4000);
        try
        {
            await SendAsync(connection, "4001\r\n[" + chunk + "\r\n");
            for (var sent = 0; sent < 2_000_000 && !answer.IsCompleted; sent += chunk.Length)
            {
                await SendAsync(connection, "4000\r\n" + chunk + "\r\n");
            }
        }
        catch (IOException)
        {
            // The server has hung up, which is what a body without end deserves.
        }

        var text = await answer;
        Assert.True(text.Length == 0 || text.StartsWith("HTTP/1.1 413", StringComparison.Ordinal), text);
        await AnswersAsync();
    }

    [Theory]
    [InlineData("an address of 20,000 characters", "HTTP/1.1 414")]
    [InlineData("a header of 40,000 characters", "HTTP/1.1 431")]
    [InlineData("200 headers", "HTTP/1.1 431")]
    [InlineData("two lengths", "HTTP/1.1 400")]
    [InlineData("no host", "HTTP/1.1 400")]
    public async Task Heads_without_measure_are_refused(string what, string status)
    {
        using var client = await ConnectAsync();
        await SendAsync(client, what switch
        {
            "an address of 20,000 characters" => $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n",
            "a header of 40,000 characters" => $"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('a', 40_000)}\r\n\r\n",
            "200 headers" => "GET / HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Range(0, 200).Select(number => $"X-{number}: y\r\n")) + "\r\n",
            "two lengths" => "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
            _ => "GET / HTTP/1.1\r\n\r\n",
        });

        Assert.StartsWith(status, await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    private static Task SendAsync(TcpClient client, string text) => SendAsync(client.GetStream(), text);

    private static async Task SendAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Everything until the server hangs up, which it must.</summary>
    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        var text = new StringBuilder();
        var buffer = new byte[4096];

        // Asked for once: a client whose connection has been cut off hands it out no more.
        var connection = client.GetStream();
        try
        {
            for (int read; (read = await connection.ReadAsync(buffer, limit.Token)) > 0;)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
                if (Ends(text.ToString()))
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // Hung up hard.
        }

        return text.ToString();
    }

    /// <summary>Whether an answer of known length is complete; the connection may stay open then.</summary>
    private static bool Ends(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
        {
            return false;
        }

        var lines = text[..head].Split("\r\n");
        return text.EndsWith("0\r\n\r\n", StringComparison.Ordinal) || lines
            .Where(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
            .Any(line => Encoding.UTF8.GetByteCount(text[(head + 4)..]) >= int.Parse(line[16..], CultureInfo.InvariantCulture));
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(api.Server.Address.Host, api.Server.Address.Port);
        return client;
    }

    private async Task AnswersAsync()
    {
        using var response = await api.Anonymous.GetAsync(new Uri("/api/v1/instance", UriKind.Relative));
        await response.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    /// <summary>An API that waits a second for headers.</summary>
    public sealed class Impatient : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["Http:HeadersTimeout"] = "00:00:01";
        }
    }
}
