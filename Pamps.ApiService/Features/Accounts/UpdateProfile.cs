using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;

namespace Pamps.ApiService.Features.Accounts;

internal static class UpdateProfile
{
    /// <summary>Changes the caller's profile; members that are absent stay as they are. A new e-mail address needs the password.</summary>
    public static async Task<Results<Ok<MeResponse>, ProblemHttpResult>> HandleAsync(
        UpdateProfileRequest request, PampsDbContext db, CurrentUser user, Passwords passwords, CancellationToken cancellationToken)
    {
        var account = await db.Accounts.SingleAsync(account => account.Id == user.RequiredId, cancellationToken);
        var errors = Apply(request, account);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        if (request.Email is not null && await ChangeEmailAsync(request, account, user, passwords, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        db.Publish(new ProfileChanged(account.Id));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Of(exception) is not null)
        {
            return Problems.Conflict(ProblemCodes.EmailTaken);
        }

        return TypedResults.Ok(await GetMe.ReadAsync(db, user, cancellationToken));
    }

    private static Dictionary<string, string[]> Apply(UpdateProfileRequest request, Account account)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.DisplayName is { } displayName)
        {
            if (ProfileText.TryClean(displayName, out var clean) && clean.Length > 0)
            {
                account.DisplayName = clean;
            }
            else
            {
                errors["displayName"] = [clean.Length == 0 ? "A name to show must not be blank." : ProfileText.Rule];
            }
        }

        if (request.Bio is { } bio)
        {
            if (ProfileText.TryClean(bio, out var clean, multiline: true))
            {
                account.Bio = clean;
            }
            else
            {
                errors["bio"] = [ProfileText.Rule];
            }
        }

        if (request.AvatarUrl is { } avatar)
        {
            if (avatar.Length == 0 || ProfileText.IsWebAddress(avatar))
            {
                account.AvatarUrl = avatar.Length == 0 ? null : avatar;
            }
            else
            {
                errors["avatarUrl"] = [ProfileText.UrlRule];
            }
        }

        if (request.Links is { } links)
        {
            if (links.All(link => link is { Length: <= AccountLimits.UrlMax } && ProfileText.IsWebAddress(link)))
            {
                account.Links = [.. links];
            }
            else
            {
                errors["links"] = [ProfileText.UrlRule];
            }
        }

        if (request.Language is { } language)
        {
            if (language.Length == 0 || Languages.Known(language) is not null)
            {
                account.Language = Languages.Known(language);
            }
            else
            {
                errors["language"] = [$"One of {string.Join(", ", Languages.All)}."];
            }
        }

        return errors;
    }

    /// <summary>Whoever may change the address may take over the account: hence a person, and the password.</summary>
    private static async Task<ProblemHttpResult?> ChangeEmailAsync(
        UpdateProfileRequest request, Account account, CurrentUser user, Passwords passwords, CancellationToken cancellationToken)
    {
        if (user.SessionId is null)
        {
            return Problems.Forbidden("An API key cannot change the e-mail address; sign in with a password.");
        }

        if (!EmailAddress.TryNormalize(request.Email, out var email))
        {
            return Problems.Invalid("email", EmailAddress.Rule);
        }

        var (right, _) = await passwords.CheckAsync(account.PasswordHash, request.CurrentPassword ?? "", cancellationToken);
        if (!right)
        {
            return Problems.Invalid("currentPassword", "The present password is not right.");
        }

        account.Email = request.Email!.Trim();
        account.EmailNormalized = email;
        return null;
    }
}
