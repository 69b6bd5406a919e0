using System.Linq.Expressions;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Projections;

/// <summary>From a comment to what is shown of it. E-mail addresses of commenters never are.</summary>
internal static class CommentProjection
{
    /// <summary>Shown where a commenter gave no name.</summary>
    public const string Nameless = "Guest";

    /// <summary>What the database reads of a comment; the thread's id is that of the thread it is in now.</summary>
    public static readonly Expression<Func<Comment, CommentRow>> Row = comment => new CommentRow(
        comment.Id,
        comment.Thread.ContentId,
        comment.AuthorId,
        comment.Author!.Username,
        comment.Author.DisplayName,
        comment.Author.AvatarUrl,
        comment.AuthorName,
        comment.Text,
        comment.ParentId,
        comment.CreatedAt,
        comment.EditedAt,
        comment.Version,
        comment.ApprovedAt == null,
        comment.DeletedAt != null || comment.HiddenAt != null || (comment.Author != null && (comment.Author.SuspendedAt != null || comment.Author.DeletedAt != null)));

    /// <summary>The row on the wire; a deleted comment keeps its place but neither text nor author.</summary>
    public static CommentResponse ToResponse(CommentRow row) => row.Gone
        ? new CommentResponse(Id(row.Id), row.ContentId, Author: null, AuthorName: "", Text: "", Id(row.ParentId), row.CreatedAt, EditedAt: null, row.Version, Pending: false, Deleted: true)
        : new CommentResponse(
            Id(row.Id),
            row.ContentId,
            row.AuthorId is { } author ? new AccountSummary(Id(author), row.Username!, Name(row.DisplayName, row.Username!), row.AvatarUrl) : null,
            row.AuthorName ?? (row.AuthorId is null ? Nameless : Name(row.DisplayName, row.Username!)),
            row.Text,
            Id(row.ParentId),
            row.CreatedAt,
            row.EditedAt,
            row.Version,
            row.Pending,
            Deleted: false);

    private static string Name(string? displayName, string username) => string.IsNullOrEmpty(displayName) ? username : displayName;

    private static string Id(long id) => Http.WireId.Format(id);

    private static string? Id(long? id) => Http.WireId.Format(id);
}

/// <summary>What is read of a comment.</summary>
internal sealed record CommentRow(
    long Id,
    string ContentId,
    long? AuthorId,
    string? Username,
    string? DisplayName,
    string? AvatarUrl,
    string? AuthorName,
    string Text,
    long? ParentId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    int Version,
    bool Pending,
    bool Gone);
