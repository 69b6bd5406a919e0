namespace Pamps.ApiService.Projections;

internal static class ProjectionExtensions
{
    /// <summary>Registers what turns rows into answers, and the copies in memory that spare most of the rows.</summary>
    public static void AddPampsProjections(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CopyTrust>();
        builder.Services.AddSingleton<PostCache>();
        builder.Services.AddSingleton<ReaderCache>();
        builder.Services.AddScoped<PostLists>();
        builder.Services.AddScoped<PostProjection>();
    }
}
