using System.Net.Http.Json;
using Pamps.ApiService.Contracts;
using Pamps.Tests.Features.Billing;
using Pamps.Tests.Features.Tokens;
using Xunit.Sdk;

namespace Pamps.Tests.Http;

/// <summary>What stands in the way of each operation that can be refused for the state of things.</summary>
internal sealed class Conflicts(BillingFixture api)
{
    private const string Api = "/api/v1";

    private const int ApiKeysMax = 50;

    /// <summary>Sends a request that conflicts.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="world">What it is about.</param>
    /// <param name="token">Who asks.</param>
    public async Task<HttpResponseMessage> ProvokeAsync(DocumentedOperation operation, OperationWorld world, string token)
    {
        var body = operation.Id switch
        {
            "RegisterAccount" => (object)new { username = world.Owner.Username, email = "another@example.org", password = "correct horse battery" },
            "UpdateProfile" => new { email = world.Stranger.Email, currentPassword = world.Owner.Password },
            "CreateApiKey" => new { name = "one too many", scopes = (string[])["read:posts"] },
            "ResolveReport" => new { action = "dismiss", resolution = "Nothing of the kind." },
            "DownloadExport" or "GetBoletoPdf" or "GetBoletoHtml" or "ResendBoleto" => null,
            _ => throw new XunitException($"{operation}: say in {nameof(Conflicts)} what stands in its way."),
        };
        await PrepareAsync(operation, world, token);
        return await api.Anonymous.SendAsync(operation.Request(world, token, body: body is null ? null : JsonContent.Create(body)));
    }

    private async Task PrepareAsync(DocumentedOperation operation, OperationWorld world, string token)
    {
        switch (operation.Id)
        {
            case "CreateApiKey":
                while ((await world.Owner.GetAsync<ApiKeyResponse[]>($"{Api}/me/api-keys")).Length < ApiKeysMax)
                {
                    await world.Owner.PostAsync<CreatedApiKeyResponse>($"{Api}/me/api-keys", new { name = "key", scopes = (string[])["read:posts"] });
                }

                break;
            case "ResolveReport":
                using (var first = await api.Anonymous.SendAsync(
                    HttpMethod.Post, $"{Api}/admin/reports/{world.Things["reportId"]}/resolve", token, JsonContent.Create(new { action = "dismiss", resolution = "Nothing." })))
                {
                    await first.ShouldSucceed();
                }

                break;
            case "DownloadExport":
                // As it is until the work in the background is done, which may be before anybody asks.
                await Eventually.Be(() => world.Owner.GetAsync<ExportResponse>($"{Api}/me/exports/{world.Things["exportId"]}"), export => export.State == "ready");
                await api.Database.ExecuteAsync($"update account_exports set state = 'pending' where id = {world.Things["exportId"]}");
                break;
            case "GetBoletoPdf" or "GetBoletoHtml":
                await api.Database.ExecuteAsync($"update boletos set state = 'error', available_at = null, issuer_id = null, barcode = null where id = {world.Things["boletoId"]}");
                break;
        }
    }
}
