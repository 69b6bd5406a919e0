using System.Diagnostics.CodeAnalysis;

namespace Pamps.Web.ApiClient;

/// <summary>What a call of the API came to: a value, or the problem a page can show. Calls never throw for either.</summary>
/// <typeparam name="T">The contract of the answer.</typeparam>
internal sealed class ApiResult<T>
    where T : class
{
    private ApiResult(T? value, ApiProblem? problem)
    {
        Value = value;
        Problem = problem;
    }

    /// <summary>The answer, when there was one.</summary>
    public T? Value { get; }

    /// <summary>Why there is no answer.</summary>
    public ApiProblem? Problem { get; }

    /// <summary>Whether <see cref="Value"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Problem is null;

    public static implicit operator ApiResult<T>(T value) => new(value, null);

    public static implicit operator ApiResult<T>(ApiProblem problem) => new(null, problem);
}

/// <summary>Stands for an answer without a body.</summary>
internal sealed record Nothing
{
    /// <summary>The one value.</summary>
    public static readonly Nothing Value = new();
}
