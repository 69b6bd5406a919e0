namespace Aspire.Hosting;

/// <summary>Says whether the application runs or is published.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    /// <summary>What is done with the application.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Whether it runs on this machine.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>Whether its deployment is written.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;
}
