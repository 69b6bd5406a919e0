namespace Pamps.ApiService.Contracts;

/// <summary>A hashtag.</summary>
/// <param name="Name">Its name without <c>#</c>.</param>
/// <param name="PostCount">Published posts that carry it.</param>
public sealed record TagResponse(string Name, int PostCount);
