using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.ApiService.Data;

namespace Pamps.MigrationService.Migrations;

/// <summary>
/// Likes, replies and followers are counted by triggers, in the transaction of the change and cascades included
/// (docs/decisions/0006-counters-by-triggers.md). The counted columns are in no index, so with room left in the page
/// a count costs no index write.
/// </summary>
[DbContext(typeof(PampsDbContext))]
[Migration("20261201000001_Counters")]
internal sealed class Counters : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table posts set (fillfactor = 90);
        alter table accounts set (fillfactor = 90);

        create function count_like() returns trigger language plpgsql as $$
        begin
            if tg_op = 'INSERT' then
                update posts set like_count = like_count + 1 where id = new.post_id;
            else
                update posts set like_count = like_count - 1 where id = old.post_id;
            end if;
            return null;
        end $$;
        create trigger count_like after insert or delete on likes for each row execute function count_like();

        -- A reply counts while readers may see it.
        create function count_reply() returns trigger language plpgsql as $$
        declare
            before bigint := null;
            after bigint := null;
        begin
            if tg_op <> 'INSERT' and old.published and old.deleted_at is null and old.hidden_at is null then
                before := old.parent_id;
            end if;
            if tg_op <> 'DELETE' and new.published and new.deleted_at is null and new.hidden_at is null then
                after := new.parent_id;
            end if;
            if before is distinct from after then
                update posts set reply_count = reply_count - 1 where id = before;
                update posts set reply_count = reply_count + 1 where id = after;
            end if;
            return null;
        end $$;
        create trigger count_reply after insert or delete or update of parent_id, published, deleted_at, hidden_at
            on posts for each row execute function count_reply();

        create function count_follow() returns trigger language plpgsql as $$
        declare
            pair follows := coalesce(new, old);
            change int := case tg_op when 'INSERT' then 1 else -1 end;
        begin
            -- Two accounts that follow each other at the same moment must not lock each other out: lower id first.
            perform from accounts where id in (pair.follower_id, pair.followee_id) order by id for no key update;
            update accounts set following_count = following_count + change where id = pair.follower_id;
            update accounts set follower_count = follower_count + change where id = pair.followee_id;
            return null;
        end $$;
        create trigger count_follow after insert or delete on follows for each row execute function count_follow();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        drop trigger count_follow on follows;
        drop function count_follow;
        drop trigger count_reply on posts;
        drop function count_reply;
        drop trigger count_like on likes;
        drop function count_like;
        alter table accounts reset (fillfactor);
        alter table posts reset (fillfactor);
        """);
}
