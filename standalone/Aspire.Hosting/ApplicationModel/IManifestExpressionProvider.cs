namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that a deployment manifest refers to by an expression such as <c>{cache.connectionString}</c>.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The expression.</summary>
    string ValueExpression { get; }
}
