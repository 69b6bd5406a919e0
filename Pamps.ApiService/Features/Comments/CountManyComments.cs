using Microsoft.AspNetCore.Http.HttpResults;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Comments;

internal static class CountManyComments
{
    /// <summary>Counts as the GET of the same route does, for ids too long for a query.</summary>
    /// <param name="request">The content ids.</param>
    /// <param name="db">The database.</param>
    /// <param name="user">Who calls.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for the answer.</param>
    public static Task<Results<Ok<Dictionary<string, int>>, ProblemHttpResult>> HandleAsync(
        CountCommentsRequest request, PampsDbContext db, CurrentUser user, CancellationToken cancellationToken) =>
        CountComments.CountAsync(request.Ids, "ids", db, user, cancellationToken);
}
