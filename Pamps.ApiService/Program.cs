using Microsoft.Extensions.DependencyInjection.Extensions;
using Pamps.ApiService;
using Pamps.ApiService.Adapters;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Cli;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Accounts;
using Pamps.ApiService.Features.ApiKeys;
using Pamps.ApiService.Features.Billing;
using Pamps.ApiService.Features.Blocks;
using Pamps.ApiService.Features.Bookmarks;
using Pamps.ApiService.Features.Comments;
using Pamps.ApiService.Features.Feeds;
using Pamps.ApiService.Features.Follows;
using Pamps.ApiService.Features.Instance;
using Pamps.ApiService.Features.Likes;
using Pamps.ApiService.Features.Notifications;
using Pamps.ApiService.Features.Posts;
using Pamps.ApiService.Features.Reports;
using Pamps.ApiService.Features.Search;
using Pamps.ApiService.Features.Streams;
using Pamps.ApiService.Features.Tags;
using Pamps.ApiService.Features.Tokens;
using Pamps.ApiService.Http;
using Pamps.ApiService.Outbox;
using Pamps.ApiService.Projections;
using Pamps.ApiService.Redis;

if (args is ["admin", .. var command])
{
    return await AdminCommandLine.RunAsync(command);
}

var builder = WebApplication.CreateBuilder(args);
builder.ListenOnPlatformPort();
builder.AddServiceDefaults();
builder.Services.AddSingleton(TimeProvider.System);
builder.AddPampsDatabase();
builder.AddPampsRedis();
builder.AddPampsOutbox();
builder.AddPampsProjections();
builder.AddOlderApis();
builder.AddPampsHttp();
builder.AddPampsAuthentication();

// What features need, in alphabetical order.
builder.AddAccounts();
builder.AddBilling();
builder.AddComments();
builder.AddFeeds();
builder.AddNotifications();
builder.AddPosts();
builder.AddStream();
builder.AddTokens();

if (DesignTime.IsDocumentGeneration)
{
    // The document is written without servers: nothing may run in the background and look for them.
    builder.Services.RemoveAll<IHostedService>();
}

var app = builder.Build();
app.UseOlderApis();
app.UsePampsHttp();
app.MapDefaultEndpoints();
app.MapDocument();

// Routes of features, in alphabetical order.
var api = app.MapGroup("").WithConditionalReads();
api.MapAccounts();
api.MapApiKeys();
api.MapBilling();
api.MapBlocks();
api.MapBookmarks();
api.MapComments();
api.MapFeeds();
api.MapFollows();
api.MapInstance();
api.MapLikes();
api.MapNotifications();
api.MapPosts();
api.MapReports();
api.MapSearch();
api.MapStream();
api.MapTags();
api.MapTokens();
app.MapOlderApis();
await app.RunAsync();
return 0;
