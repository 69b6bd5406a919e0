namespace Pamps.ApiService.Http;

internal static class PampsHttp
{
    /// <summary>Adds how the API speaks: JSON, validation, problem documents.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddPampsHttp(this IHostApplicationBuilder builder)
    {
        builder.Services.AddPampsJson();
        // Before the framework's own writer: the first that can, writes.
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FailureHandler>();
        builder.Services.AddValidation();
        // In every environment, so that an unreadable body is described in one place.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }
}
