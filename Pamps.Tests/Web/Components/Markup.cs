extern alias Web;

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Web::Pamps.ApiService.Contracts;
using Web::Pamps.Web.Auth;
using Web::Pamps.Web.Components;

namespace Pamps.Tests.Web.Components;

/// <summary>Renders one component as a page would, without a server.</summary>
internal static class Markup
{
    /// <summary>The time at which everything is rendered.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Renders a component.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="signedInAs">The visitor's user name; a stranger when absent.</param>
    /// <param name="language">The language of the page.</param>
    public static async Task<string> OfAsync<TComponent>(object parameters, string? signedInAs = null, string language = "en")
        where TComponent : IComponent
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new(language);
        var context = new DefaultHttpContext();
        context.Request.Scheme = "https";
        context.Request.Host = new("pamps.example");
        context.Request.Path = "/";
        if (signedInAs is not null)
        {
            Claim[] claims = [new(SessionClaims.Subject, "7"), new(SessionClaims.Username, signedInAs), new(SessionClaims.DisplayName, signedInAs)];
            context.User = new(new ClaimsIdentity(claims, "test", SessionClaims.Username, SessionClaims.Role));
        }

        var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddLocalization()
            .AddSingleton<IHttpContextAccessor>(new HttpContextAccessor { HttpContext = context })
            .AddSingleton<TimeProvider>(new FixedTime())
            .AddScoped<Visitor>();
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        var values = parameters.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(parameters));
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(values))).ToHtmlString());
    }

    /// <summary>A post with something of everything.</summary>
    public static PostResponse Post(string text = "Bom dia! #pampa", PostViewer? viewer = null) => new(
        "12", new AccountSummary("3", "ana", "Ana Moura", null), text, null, "pt-BR", null, ["pampa"], ["joao"],
        Now.AddMinutes(-5), null, 1, Published: true, Deleted: false, LikeCount: 0, ReplyCount: 0, viewer);

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
