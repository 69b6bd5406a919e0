using System.IO.Compression;
using System.Text.Unicode;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;
using Pamps.Web.Actions;
using Pamps.Web.Components.Shell;

namespace Pamps.Web.Components;

/// <summary>Registers what pages are made with.</summary>
internal static class PageExtensions
{
    /// <summary>Adds static server-side rendering and what components are given.</summary>
    public static void AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<PopularTags>();
        services.AddSingleton<UnreadCounts>();
        services.AddScoped<Visitor>();
        services.AddScoped<PageResponse>();
        services.AddScoped<ActionAnswer>();
        services.AddSingleton<RefusedFiles>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "form";
            options.Cookie.SecurePolicy = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            options.HeaderName = "RequestVerificationToken";
        });

        // The pages are UTF-8: letters of any language stand for themselves, only what means something to HTML is escaped.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new(UnicodeRanges.All));

        // Tokens in the pages are encrypted anew for each answer, so compressing them next to user text tells nothing.
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }
}
