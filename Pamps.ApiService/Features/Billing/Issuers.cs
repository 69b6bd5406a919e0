using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>The issuer that is configured, and those of boletos issued before. Rows never change, so they are remembered.</summary>
internal sealed class Issuers(IOptions<BillingOptions> options)
{
    private readonly ConcurrentDictionary<int, Issuer> _known = new();
    private Issuer? _current;

    /// <summary>Whether a bank is configured.</summary>
    public bool IsConfigured => options.Value.Bank.Code.Length > 0;

    /// <summary>The configured issuer, stored at its first use; null when no bank is configured.</summary>
    public async Task<Issuer?> CurrentAsync(PampsDbContext db, CancellationToken cancellationToken)
    {
        if (!IsConfigured || _current is not null)
        {
            return _current;
        }

        var document = IssuerDocument.Of(options.Value);
        var json = document.ToJson();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(json));
        await db.Database.ExecuteSqlAsync($"insert into boleto_issuers (hash, document) values ({hash}, {json}) on conflict (hash) do nothing", cancellationToken);
        var id = await db.BoletoIssuers.Where(issuer => issuer.Hash == hash).Select(issuer => issuer.Id).SingleAsync(cancellationToken);
        return _current = _known.GetOrAdd(id, Issuer.Create(id, document));
    }

    /// <summary>The issuer of a boleto.</summary>
    public async ValueTask<Issuer> FindAsync(PampsDbContext db, int id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var issuer))
        {
            return issuer;
        }

        var json = await db.BoletoIssuers.Where(row => row.Id == id).Select(row => row.Document).SingleAsync(cancellationToken);
        return _known.GetOrAdd(id, Issuer.Create(id, IssuerDocument.Parse(json)));
    }
}
