namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Postgres server.</summary>
public class PostgresServerResource : ContainerResource, IResourceWithConnectionString
{
    private const string DefaultUserName = "postgres";

    private readonly Dictionary<string, string> _databases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Describes a server.</summary>
    /// <param name="name">The name of the resource.</param>
    /// <param name="userName">The name of the superuser; <c>postgres</c> unless given.</param>
    /// <param name="password">The password of the superuser.</param>
    public PostgresServerResource(string name, ParameterResource? userName, ParameterResource password)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(password);
        PrimaryEndpoint = new EndpointReference(this, "tcp");
        UserNameParameter = userName;
        PasswordParameter = password;
    }

    /// <summary>The endpoint that the server listens on.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The name of the superuser, when it was given.</summary>
    public ParameterResource? UserNameParameter { get; set; }

    /// <summary>The password of the superuser.</summary>
    public ParameterResource PasswordParameter { get; set; }

    /// <summary>The databases: resource name to database name.</summary>
    public IReadOnlyDictionary<string, string> Databases => _databases;

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={PrimaryEndpoint.Property(EndpointProperty.Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};Username={UserName};Password={PasswordParameter}");

    internal ReferenceExpression UserName => UserNameParameter is { } given
        ? ReferenceExpression.Create($"{given}")
        : ReferenceExpression.Create($"{DefaultUserName}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => ConnectionProperties(database: null);

    /// <summary>The parts that every connection to the server, or to a database on it, has.</summary>
    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> ConnectionProperties(string? database)
    {
        var host = PrimaryEndpoint.Property(EndpointProperty.Host);
        var port = PrimaryEndpoint.Property(EndpointProperty.Port);
        yield return new("Host", ReferenceExpression.Create($"{host}"));
        yield return new("Port", ReferenceExpression.Create($"{port}"));
        yield return new("Username", UserName);
        yield return new("Password", ReferenceExpression.Create($"{PasswordParameter}"));
        if (database is null)
        {
            yield return new("Uri", ReferenceExpression.Create($"postgresql://{UserName}:{PasswordParameter:uri}@{host}:{port}"));
            yield return new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:postgresql://{host}:{port}"));
        }
        else
        {
            yield return new("Uri", ReferenceExpression.Create($"postgresql://{UserName}:{PasswordParameter:uri}@{host}:{port}/{database:uri}"));
            yield return new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:postgresql://{host}:{port}/{database:uri}"));
            yield return new("DatabaseName", ReferenceExpression.Create($"{database}"));
        }
    }

    internal void AddDatabase(string name, string databaseName) => _databases.TryAdd(name, databaseName);
}
