using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Tests.Features.Tokens;

/// <summary>Hashing is the one costly thing that strangers may ask for: the work of sign-ins is equal, and bounded.</summary>
public sealed class PasswordWorkTests(PasswordWorkTests.SlowHashes api) : IClassFixture<PasswordWorkTests.SlowHashes>
{
    [Fact]
    public async Task Unknown_names_cost_as_many_hashes_as_wrong_passwords()
    {
        using var work = new PasswordWork(api);
        var registration = new RegisterAccountRequestBuilder().Named(ApiFixture.Unique("ana")).Build();
        await api.SignedInAs(registration);

        foreach (var name in (string[])[registration.Username, registration.Email, "nobody_at_all", "nobody@example.org"])
        {
            var before = work.Checked;
            using var response = await SignInAsync(name, CancellationToken.None);
            await response.ShouldBeProblemAsync(400, "invalid_grant");
            Assert.Equal(1, work.Checked - before);
        }
    }

    [Fact]
    public async Task A_flood_of_sign_ins_takes_one_processor_and_turns_the_rest_away()
    {
        using var work = new PasswordWork(api);
        using var given = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 40).Select(number => SignInAsync($"nobody_{number}", given.Token)).ToList();

        // Those beyond the waiting room are answered while the others still wait.
        await Eventually.Be(() => Task.FromResult(work.Refused), refused => refused >= 30);
        using (var read = await api.Anonymous.GetAsync(new Uri("/api/v1/instance", UriKind.Relative)))
        {
            await read.ShouldBe(HttpStatusCode.OK);
        }

        Assert.Contains(flood, request => !request.IsCompleted);
        Assert.Equal(1, work.MostAtOnce);
        await Eventually.Be(() => Task.FromResult(flood.Count(request => request.IsCompleted)), answered => answered >= 30);
        foreach (var request in flood.Where(request => request.IsCompleted))
        {
            using var response = await request;
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                await response.ShouldBeProblemAsync(503, "unavailable");
                Assert.NotNull(response.Headers.RetryAfter);
            }
            else
            {
                await response.ShouldBeProblemAsync(400, "invalid_grant");
            }
        }

        // Who hangs up gives the place back.
        await given.CancelAsync();
        foreach (var request in flood)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.IsCompletedSuccessfully ? throw new OperationCanceledException() : request);
        }

        Assert.Equal(1, work.MostAtOnce);
    }

    private async Task<HttpResponseMessage> SignInAsync(string name, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = name,
            ["password"] = "not this one",
        });
        return await api.Anonymous.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form, cancellationToken);
    }

    /// <summary>An API that hashes one password at a time, and slowly enough to be watched.</summary>
    public sealed class SlowHashes : ApiFixture
    {
        /// <inheritdoc />
        protected override void Configure(ApiSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            settings["Passwords:Iterations"] = "400000";
            settings["Passwords:Parallel"] = "1";
            settings["Passwords:Waiting"] = "4";
        }
    }

    /// <summary>Listens to what one API counts of its hashing.</summary>
    private sealed class PasswordWork : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Lock _lock = new();
        private long _checked;
        private long _refused;
        private int _running;
        private int _mostAtOnce;

        public PasswordWork(ApiFixture api)
        {
            var scope = api.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, scope) && instrument.Name.StartsWith("pamps.passwords.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
                Interlocked.Add(ref instrument.Name == "pamps.passwords.checked" ? ref _checked : ref _refused, value));
            _listener.SetMeasurementEventCallback<int>((_, value, _, _) =>
            {
                lock (_lock)
                {
                    _running += value;
                    _mostAtOnce = Math.Max(_mostAtOnce, _running);
                }
            });
            _listener.Start();
        }

        public long Checked => Interlocked.Read(ref _checked);

        public long Refused => Interlocked.Read(ref _refused);

        public int MostAtOnce
        {
            get
            {
                lock (_lock)
                {
                    return _mostAtOnce;
                }
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
