using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Accounts;

internal static class RegisterAccount
{
    /// <summary>Creates an account; sign in at <c>/api/v1/oauth/token</c> afterwards.</summary>
    public static async Task<Results<Created<MeResponse>, ProblemHttpResult>> HandleAsync(
        RegisterAccountRequest request, PampsDbContext db, Passwords passwords, TimeProvider clock, CancellationToken cancellationToken)
    {
        var username = request.Username.ToLowerInvariant();
        if (ReservedUsernames.Contains(username))
        {
            return Problems.Conflict(ProblemCodes.UsernameTaken, "This name is reserved.");
        }

        if (!EmailAddress.TryNormalize(request.Email, out var email))
        {
            return Problems.Invalid("email", EmailAddress.Rule);
        }

        if (!ProfileText.TryClean(request.DisplayName ?? "", out var displayName))
        {
            return Problems.Invalid("displayName", ProfileText.Rule);
        }

        if (!ProfileText.TryClean(request.Bio ?? "", out var bio, multiline: true))
        {
            return Problems.Invalid("bio", ProfileText.Rule);
        }

        if (!string.IsNullOrEmpty(request.AvatarUrl) && !ProfileText.IsPictureAddress(request.AvatarUrl))
        {
            return Problems.Invalid("avatarUrl", ProfileText.UrlRule);
        }

        // Asked before the password is hashed, which costs as much as thousands of reads. The index below decides.
        var taken = await db.Accounts.AsNoTracking()
            .Where(account => account.Username == username || account.EmailNormalized == email)
            .Select(account => account.Username)
            .ToListAsync(cancellationToken);
        if (taken.Count > 0)
        {
            return Problems.Conflict(taken.Contains(username) ? ProblemCodes.UsernameTaken : ProblemCodes.EmailTaken);
        }

        var now = clock.GetUtcNow();
        var account = new Account
        {
            Username = username,
            Email = request.Email.Trim(),
            EmailNormalized = email,
            PasswordHash = await passwords.HashAsync(request.Password, cancellationToken),
            DisplayName = displayName.Length > 0 ? displayName : request.Username,
            Bio = bio,
            AvatarUrl = string.IsNullOrEmpty(request.AvatarUrl) ? null : request.AvatarUrl,
            CreatedAt = now,
            LastSeenAt = now,
        };
        db.Accounts.Add(account);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Of(exception) is { } index)
        {
            return Problems.Conflict(index.Contains("email", StringComparison.Ordinal) ? ProblemCodes.EmailTaken : ProblemCodes.UsernameTaken);
        }

        return TypedResults.Created($"/api/v1/accounts/{username}", MeProjection.Of(account, postCount: 0, Scopes.Default));
    }
}
