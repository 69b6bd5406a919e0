using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.Tests.Features.Billing;

/// <summary>An API with a bank account, an operator, and a folder for the mails.</summary>
public class BillingFixture : ApiFixture, IAsyncLifetime
{
    public const string Header = "debtId,name,governmentId,email,debtAmount,debtDueDate";
    public const string WebhookSecret = "a secret of the bank";

    /// <summary>The settings without which nothing is issued.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> BankAccount = new Dictionary<string, string?>
    {
        ["Billing:Bank:Code"] = "341",
        ["Billing:Bank:Agency"] = "0057",
        ["Billing:Bank:Account"] = "12345",
        ["Billing:Bank:Portfolio"] = "109",
        ["Billing:Beneficiary:Name"] = "Cobrança Ágil Ltda.",
        ["Billing:Beneficiary:TaxId"] = "11.222.333/0001-81",
        ["Billing:Beneficiary:Address"] = "Rua das Acácias, 1200 – São Paulo – SP – CEP 01310-100",
        ["Billing:Beneficiary:City"] = "São Paulo",
        ["Billing:Beneficiary:PixKey"] = "123e4567-e12b-12d1-a456-426655440000",
    };

    private static int _debts;

    private readonly DirectoryInfo _mails = Directory.CreateTempSubdirectory("pamps-mails-");

    /// <summary>A client with all rights of billing.</summary>
    public HttpClient Operator { get; private set; } = null!;

    /// <summary>An API key with the right to import.</summary>
    public string ApiKey { get; private set; } = "";

    /// <summary>The mails written so far.</summary>
    public IReadOnlyList<string> Mails =>
        [.. _mails.EnumerateFiles("*.eml", SearchOption.AllDirectories).Where(file => file.Directory!.Name.Length == 2).Select(file => File.ReadAllText(file.FullName))];

    /// <summary>A mail that a crash left half written a day ago.</summary>
    public FileInfo OldLeftover { get; private set; } = null!;

    /// <summary>A mail that somebody is writing, for all one can tell.</summary>
    public FileInfo NewLeftover { get; private set; } = null!;

    /// <summary>An id that no other debt of the run has.</summary>
    public static string NewDebtId() => string.Create(CultureInfo.InvariantCulture, $"debt-{Interlocked.Increment(ref _debts)}");

    /// <summary>A good row.</summary>
    public static string Row(string? debtId = null, string name = "Maria Souza", string email = "maria@example.com", string amount = "10.50", string dueOn = "2031-01-31") =>
        $"{debtId ?? NewDebtId()},{name},11144477735,{email},{amount},{dueOn}";

    /// <summary>A file with these rows.</summary>
    public static string Csv(params string[] rows) => $"{Header}\n{string.Join('\n', rows)}\n";

    /// <inheritdoc />
    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (Operator, var id) = await OperatorAsync("read billing:read billing:write");
        ApiKey = await StoreApiKeyAsync(id);
    }

    /// <summary>A client of another operator, whose token allows no more than the scope says, and the id of the account.</summary>
    public async Task<(HttpClient Client, long AccountId)> OperatorAsync(string scope)
    {
        var account = await SignedInAs("operator");
        await Database.ExecuteAsync($"update accounts set billing_operator = true where id = {account.Id}");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = account.Username,
            ["password"] = account.Password,
            ["scope"] = scope,
        });
        using var response = await Anonymous.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form);
        return (Server.Connect((await response.ShouldBe<TokenResponse>(HttpStatusCode.OK)).AccessToken), long.Parse(account.Id, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc />
    public new async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _mails.Delete(recursive: true);
    }

    /// <summary>Sends a file as the body.</summary>
    public Task<HttpResponseMessage> SendAsync(string file) => SendAsync(Encoding.UTF8.GetBytes(file));

    /// <summary>Sends a file as the body.</summary>
    public async Task<HttpResponseMessage> SendAsync(byte[] file)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/billing/imports") { Content = content };

        // A file that is refused for its length is not even sent.
        request.Headers.ExpectContinue = file.Length > 1_000_000;
        return await Operator.SendAsync(request);
    }

    /// <summary>Sends a file and waits until its last row is stored.</summary>
    public async Task<BoletoImportResponse> ImportAsync(string file) => await ImportAsync(Encoding.UTF8.GetBytes(file));

    /// <summary>Sends a file and waits until its last row is stored.</summary>
    public async Task<BoletoImportResponse> ImportAsync(byte[] file)
    {
        using var response = await SendAsync(file);
        var import = await response.ShouldBe<BoletoImportResponse>(HttpStatusCode.Accepted);
        return await Eventually.Be(() => GetAsync<BoletoImportResponse>($"imports/{import.Id}"), state => state.State == "done");
    }

    /// <summary>The boleto of a debt.</summary>
    public async Task<BoletoResponse> BoletoAsync(string debtId) =>
        (await GetAsync<Page<BoletoResponse>>($"boletos?debt_id={Uri.EscapeDataString(debtId)}")).Items.Single();

    /// <summary>Reads something below <c>/api/v1/billing/</c>.</summary>
    public async Task<T> GetAsync<T>(string path)
    {
        using var response = await Operator.GetAsync(new Uri("/api/v1/billing/" + path, UriKind.Relative));
        return await response.ShouldBe<T>(HttpStatusCode.OK);
    }

    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var (key, value) in BankAccount)
        {
            settings[key] = value;
        }

        settings["Billing:Mail:From"] = "cobranca@agil.example";
        settings["Billing:Mail:Folder"] = _mails.FullName;
        settings["Billing:Imports:MaxBytes"] = "20000000";
        settings["Billing:WebhookSecret"] = WebhookSecret;
        settings["Billing:PollInterval"] = "00:00:00.100";
        OldLeftover = WriteHalf("old", TimeProvider.System.GetUtcNow().AddDays(-1));
        NewLeftover = WriteHalf("new", TimeProvider.System.GetUtcNow());
    }

    private FileInfo WriteHalf(string desk, DateTimeOffset time)
    {
        var file = new FileInfo(Path.Combine(_mails.CreateSubdirectory($".writing/{desk}").FullName, "half.eml"));
        File.WriteAllText(file.FullName, "To: half@mail.example");
        file.LastWriteTimeUtc = time.UtcDateTime;
        return file;
    }

    private async Task<string> StoreApiKeyAsync(long accountId)
    {
        var (key, prefix, hash) = ApiKeyFormat.Create();
        await WithDatabase(async db =>
        {
            db.ApiKeys.Add(new ApiKey
            {
                AccountId = accountId,
                Name = "bank",
                Prefix = prefix,
                Hash = hash,
                Scopes = [Scopes.BillingWrite],
                CreatedAt = TimeProvider.System.GetUtcNow(),
            });
            return await db.SaveChangesAsync();
        });
        return key;
    }
}
