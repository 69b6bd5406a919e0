namespace Pamps.ServiceDefaults;

/// <summary>The names under which the app model knows its resources; services use them as connection and service names.</summary>
public static class ResourceNames
{
    /// <summary>The Postgres server.</summary>
    public const string Postgres = "postgres";

    /// <summary>The database on that server; also the key of its connection string.</summary>
    public const string Database = "pampsdb";

    /// <summary>Redis; also the key of its connection string.</summary>
    public const string Cache = "cache";

    /// <summary>The catcher of mails.</summary>
    public const string Mail = "mail";

    /// <summary>The one-shot process that migrates the database.</summary>
    public const string Migrations = "migrations";

    /// <summary>The REST API.</summary>
    public const string ApiService = "apiservice";

    /// <summary>The site.</summary>
    public const string Web = "webfrontend";
}
