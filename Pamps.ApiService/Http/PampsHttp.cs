using Pamps.ApiService.Auth;

namespace Pamps.ApiService.Http;

internal static class PampsHttp
{
    /// <summary>Adds how the API speaks: JSON, validation, problem documents, the document of it all.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddPampsHttp(this IHostApplicationBuilder builder)
    {
        builder.Services.AddPampsJson();
        // Before the framework's own writer: the first that can, writes.
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FailureHandler>();
        builder.Services.AddValidation();
        builder.AddDocuments();
        // In every environment, so that an unreadable body is described in one place.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>Puts the stations of a request in their order.</summary>
    /// <param name="app">The application.</param>
    public static void UsePampsHttp(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.Use(AccessProblems.RefuseBadCredentialsAsync);
        app.UseAuthorization();
    }
}
