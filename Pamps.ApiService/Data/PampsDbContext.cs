using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Pamps.ApiService.Data;

/// <summary>Everything Pamps keeps. Pooled: it holds no state of a request.</summary>
internal sealed partial class PampsDbContext(DbContextOptions<PampsDbContext> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Post> Posts => Set<Post>();

    public DbSet<PostRevision> PostRevisions => Set<PostRevision>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<PostTag> PostTags => Set<PostTag>();

    public DbSet<Mention> Mentions => Set<Mention>();

    public DbSet<Like> Likes => Set<Like>();

    public DbSet<Bookmark> Bookmarks => Set<Bookmark>();

    public DbSet<Follow> Follows => Set<Follow>();

    public DbSet<Block> Blocks => Set<Block>();

    public DbSet<Mute> Mutes => Set<Mute>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Marker> Markers => Set<Marker>();

    public DbSet<ContentThread> ContentThreads => Set<ContentThread>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<CommentRevision> CommentRevisions => Set<CommentRevision>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AccountExport> AccountExports => Set<AccountExport>();

    public DbSet<AccountExportPart> AccountExportParts => Set<AccountExportPart>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<Boleto> Boletos => Set<Boleto>();

    public DbSet<BoletoImport> BoletoImports => Set<BoletoImport>();

    public DbSet<BoletoRejection> BoletoRejections => Set<BoletoRejection>();

    public DbSet<BoletoIssuer> BoletoIssuers => Set<BoletoIssuer>();

    public DbSet<BoletoPayment> BoletoPayments => Set<BoletoPayment>();

    public DbSet<BillingDay> BillingDays => Set<BillingDay>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // Words instead of numbers: a person reading a table needs no key, and a reordered enum changes nothing.
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PampsDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName(SnakeCase(key.GetName()!));
            }

            foreach (var foreignKey in entity.GetForeignKeys())
            {
                foreignKey.SetConstraintName(SnakeCase(foreignKey.GetConstraintName()!));
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(SnakeCase(index.GetDatabaseName()!));
            }
        }
    }

    /// <summary>PostgreSQL folds unquoted names to lower case, so hand-written SQL stays free of quotes.</summary>
    private static string SnakeCase(string name) =>
        WordStart().Replace(name, "_").Replace("__", "_", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
